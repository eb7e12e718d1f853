import SearchAPI
import Testing

@testable import searchctl

@Suite("Help")
struct HelpTests {
  @Test("the overview is the whole of this")
  func overview() {
    #expect(
      HelpText.overview == """
        usage: searchctl VERB [OPTIONS] ...

        Builds, asks and inspects a full-text index of Chinese, Japanese and Korean text.

        verbs:
          rebuild    a new index from files and folders; the old one serves until it is done
          add        put documents into an index, or newer ones in their place
          remove     take documents out of an index
          search     ask an index, or a running searchd
          suggest    complete what is being typed
          documents  list an index's documents, one line each
          inspect    look into an index, or at what text is for it
          synonyms   print the built-in synonyms, or check a file of one's own
          verify     check every byte of an index
          bench      time queries inside this process, or asked of a running searchd
          status     what a running searchd serves
          reload     ask a running searchd to take up the newest commit

        options:
          --help, -h  print this help
          --version   print the version

        'searchctl help VERB' says more about a verb. A word behind '--' is never an option.
        Exit status: 0 fine, 1 nothing found or a check failed, 2 could not be done.

        """)
  }

  @Test("each verb's help is the whole of this", arguments: Verb.allCases)
  func verbs(verb: Verb) throws {
    #expect(HelpText.help(for: verb) == Self.expected[verb])
  }

  @Test(
    "help and version go to the output with status 0",
    arguments: [["--help"], ["help", "search"], ["search", "-h"], ["--version"]])
  func output(words: [String]) {
    let run = ToolRun(words)
    #expect(run.status == .fine)
    #expect(!run.output.isEmpty)
    #expect(run.messages.isEmpty)
  }

  @Test("the version is one line")
  func version() {
    #expect(ToolRun("--version").output == "searchctl \(Product.version)\n")
  }

  @Test("no line of the help is longer than 100 characters", arguments: Verb.allCases)
  func lineLength(verb: Verb) {
    for line in HelpText.help(for: verb).split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
  }

  private static let expected: [Verb: String] = [
    .rebuild: """
    usage: searchctl rebuild --index DIR [--memory N] [--plain] [--strict] [--socket PATH] PATH...

    A new index from files and folders; the old one serves until it is done.

    options:
      --index DIR    the index's folder
      --memory N     megabytes of memory for building (256)
      --plain        take JSON objects as they are: no facts read from their text
      --strict       a warning or an unreadable file is a failure: nothing is changed
      --socket PATH  ask the searchd on this Unix socket to take up the result
      --help, -h     print this help

    PATH is a file or a folder; folders are read with all folders in them, hidden files left out.
    .txt, .md, .html, .docx and .pdf files are split into the documents they hold; .jsonl is one object
    a line: {"id": …, "title": …, "text": …, and fields of your own}.
    .docx needs unzip, .pdf needs pdftotext (Debian: poppler-utils). A file without text is kept by name
    with the reason: 'inspect index' lists them.
    When it fails, the old index stays as it is.

    """,
    .add: """
    usage: searchctl add --index DIR [--memory N] [--plain] [--strict] [--socket PATH] PATH...

    Put documents into an index, or newer ones in their place.

    options:
      --index DIR    the index's folder
      --memory N     megabytes of memory for building (256)
      --plain        take JSON objects as they are: no facts read from their text
      --strict       a warning or an unreadable file is a failure: nothing is changed
      --socket PATH  ask the searchd on this Unix socket to take up the result
      --help, -h     print this help

    A file replaces all documents that came from that path; a document replaces the one with its id.

    """,
    .remove: """
    usage: searchctl remove --index DIR [--socket PATH] KEY...

    Take documents out of an index.

    options:
      --index DIR    the index's folder
      --socket PATH  ask the searchd on this Unix socket to take up the result
      --help, -h     print this help

    KEY is a document's id, or the path of a file, whose documents all go.
    The exit status is 1 when none of the keys was found.

    """,
    .search: """
    usage: searchctl search (--index DIR | --socket PATH) [OPTIONS] [QUERY]

    Ask an index, or a running searchd.

    options:
      --index DIR                  the index's folder
      --socket PATH                the Unix socket of a running searchd
      --limit N                    at most N hits (10)
      --offset N                   leave out the first N hits (0)
      --filter NAME:VALUE          only documents with VALUE in their field NAME
      --facet NAME[,NAME]          count the values of these fields
      --facet-limit N              at most N values of each field (20); needs --facet
      --sort relevance|date|-date  the best first, or by date: the oldest, with - the newest
      --prefer NAME[,NAME]         lift a little what is in_force, recent, or both
      --rank bm25                  plain BM25 over the OR of the bigrams
      --k1 X                       BM25's k1 (1.2); needs --rank bm25
      --b X                        BM25's b (0.75); needs --rank bm25
      --strict                     an operator in the wrong place is an error instead of text
      --synonyms FILE              synonyms in place of the built-in ones; needs --index
      --no-synonyms                look for nothing but what is typed
      --json                       print JSON for a program to read
      --help, -h                   print this help

    "…" is an exact phrase; AND, OR and NOT in capitals combine; other text is ranked.
    QUERY may be left out with --filter: every document that passes is a hit then.
    --filter and --facet may be given again. Filters of one NAME are alternatives. For date and year
    VALUE may be a range: --filter date:2021-04..2021-06, --filter year:2020..
    --json prints the body that GET /search answers.
    The exit status is 1 when nothing was found.

    """,
    .suggest: """
    usage: searchctl suggest (--index DIR | --socket PATH) [--limit N] [--json] TEXT

    Complete what is being typed.

    options:
      --index DIR    the index's folder
      --socket PATH  the Unix socket of a running searchd
      --limit N      at most N suggestions (10)
      --json         print JSON for a program to read
      --help, -h     print this help

    Titles, numbers, offices and phrases that have TEXT, and how many documents each finds,
    where ~ is an estimate.
    TEXT may be pinyin: yanhuabaozhu or yhbz for 烟花爆竹.
    --json prints the body that GET /suggest answers.
    The exit status is 1 when there is no suggestion.

    """,
    .documents: """
    usage: searchctl documents --index DIR [--all] [--json]

    List an index's documents, one line each.

    options:
      --index DIR  the index's folder
      --all        with what is no document: covers and contents of bulletins, unreadable files
      --json       print JSON for a program to read
      --help, -h   print this help

    With --json: id, title, fields, citations by number, and source.

    """,
    .inspect: """
    usage: searchctl inspect [--index DIR] [--json] SUBJECT

    Look into an index, or at what text is for it.

    options:
      --index DIR      the index's folder
      --explain DOC    with query: how the score of this document comes about
      --limit N        at most N hits (10)
      --rank bm25      plain BM25 over the OR of the bigrams
      --k1 X           BM25's k1 (1.2); needs --rank bm25
      --b X            BM25's b (0.75); needs --rank bm25
      --synonyms FILE  synonyms in place of the built-in ones; needs --index
      --no-synonyms    look for nothing but what is typed
      --json           print JSON for a program to read
      --help, -h       print this help

    SUBJECT is one of:
      index         the newest commit
      segment [ID]  segments, and their bytes by section
      term TERM     a term's figures and postings
      document KEY  a whole document
      tokens TEXT   what text is for the index; needs no --index
      query QUERY   how a query is understood
    --limit is the number of documents shown for a term (10).

    """,
    .synonyms: """
    usage: searchctl synonyms [--check FILE]

    Print the built-in synonyms, or check a file of one's own.

    options:
      --check FILE  check this file instead
      --help, -h    print this help

    A copy may be changed and given to searchd and searchctl with --synonyms FILE.
    The exit status is 1 when a checked file is not well formed.

    """,
    .verify: """
    usage: searchctl verify --index DIR

    Check every byte of an index.

    options:
      --index DIR  the index's folder
      --help, -h   print this help

    The exit status is 1 when there is damage, 2 when the check could not be made.

    """,
    .bench: """
    usage: searchctl bench (--index DIR | --socket PATH) --queries FILE [OPTIONS]

    Time queries inside this process, or asked of a running searchd.

    options:
      --index DIR      the index's folder
      --socket PATH    the Unix socket of a running searchd
      --connections N  ask by N connections at a time (8); needs --socket
      --queries FILE   the queries, one a line
      --runs N         time each query N times and take the median (3)
      --limit N        at most N hits (10)
      --snippets       with the passages of each hit
      --rank bm25      plain BM25 over the OR of the bigrams
      --k1 X           BM25's k1 (1.2); needs --rank bm25
      --b X            BM25's b (0.75); needs --rank bm25
      --synonyms FILE  synonyms in place of the built-in ones; needs --index
      --no-synonyms    look for nothing but what is typed
      --json           print JSON for a program to read
      --help, -h       print this help

    FILE has a query on each line as search takes it, or JSON lines {"qid", "kind", "text"}.
    With --index the engine alone is timed, without what the daemon does around it: a query that is a
    document's number, an issue or articles of a law is text there. --socket times whole answers.
    With --json: one line a query, {"qid", "kind", "text", "hits", "us", "ids"}.
    FILE may be -, standard input; with --json each line is then answered as it comes, not warmed up.
    With --socket every answer must have status 200, and a query the same total each time;
    with --json too: one object, {"requests", "requests_per_second", "p50_us", "p99_us", …}.

    """,
    .status: """
    usage: searchctl status --socket PATH [--json]

    What a running searchd serves.

    options:
      --socket PATH  the Unix socket of a running searchd
      --json         print JSON for a program to read
      --help, -h     print this help

    """,
    .reload: """
    usage: searchctl reload --socket PATH

    Ask a running searchd to take up the newest commit.

    options:
      --socket PATH  the Unix socket of a running searchd
      --help, -h     print this help

    """,
  ]
}
