import SearchAPI

extension OptionSpec {
  static let index = OptionSpec(name: "index", value: .text("DIR"), summary: "the index's folder")
  static let socket = OptionSpec(name: "socket", value: .text("PATH"), summary: "the Unix socket of a running searchd")
  static let reloadSocket = OptionSpec(
    name: "socket", value: .text("PATH"), summary: "ask the searchd on this Unix socket to take up the result")
  static let json = OptionSpec(name: "json", value: .none, summary: "print JSON for a program to read")
  static let all = OptionSpec(
    name: "all", value: .none, summary: "with what is no document: covers and contents of bulletins, unreadable files")
  static let memory = OptionSpec(
    name: "memory", value: .integer(1...1_048_576), summary: "megabytes of memory for building (256)")
  static let plain = OptionSpec(
    name: "plain", value: .none, summary: "take JSON objects as they are: no facts read from their text")
  static let limit = OptionSpec(
    name: "limit", value: .integer(0...SearchParameters.maximumLimit), summary: "at most N hits (10)")
  static let suggestionLimit = OptionSpec(
    name: "limit", value: .integer(1...SuggestParameters.maximumLimit), summary: "at most N suggestions (10)")
  static let offset = OptionSpec(
    name: "offset", value: .integer(0...SearchParameters.maximumOffset), summary: "leave out the first N hits (0)")
  static let rank = OptionSpec(
    name: "rank", value: .choice(["bm25"]), summary: "plain BM25 over the OR of the bigrams")
  static let k1 = OptionSpec(name: "k1", value: .number(0...1_000_000), summary: "BM25's k1 (1.2); needs --rank bm25")
  static let b = OptionSpec(name: "b", value: .number(0...1), summary: "BM25's b (0.75); needs --rank bm25")
  static let strict = OptionSpec(
    name: "strict", value: .none, summary: "an operator in the wrong place is an error instead of text")
  static let filter = OptionSpec(
    name: "filter", value: .text("NAME:VALUE"), isRepeatable: true,
    summary: "only documents with VALUE in their field NAME")
  static let facet = OptionSpec(
    name: "facet", value: .text("NAME[,NAME]"), isRepeatable: true, summary: "count the values of these fields")
  static let facetLimit = OptionSpec(
    name: "facet-limit", value: .integer(1...SearchParameters.maximumFacetLimit),
    summary: "at most N values of each field (20); needs --facet")
  static let sort = OptionSpec(
    name: "sort", value: .choice(SearchParameters.Sort.allCases.map(\.rawValue)),
    summary: "the best first, or by date: the oldest, with - the newest")
  static let prefer = OptionSpec(
    name: "prefer", value: .text("NAME[,NAME]"),
    summary: "lift a little what is in_force, recent, or both")
  static let strictReading = OptionSpec(
    name: "strict", value: .none, summary: "a warning or an unreadable file is a failure: nothing is changed")
  static let queries = OptionSpec(name: "queries", value: .text("FILE"), summary: "the queries, one a line")
  static let runs = OptionSpec(
    name: "runs", value: .integer(1...1000), summary: "time each query N times and take the median (3)")
  static let connections = OptionSpec(
    name: "connections", value: .integer(1...1000), summary: "ask by N connections at a time (8); needs --socket")
  static let snippets = OptionSpec(name: "snippets", value: .none, summary: "with the passages of each hit")
  static let explain = OptionSpec(
    name: "explain", value: .text("DOC"), summary: "with query: how the score of this document comes about")
  static let synonyms = OptionSpec(
    name: "synonyms", value: .text("FILE"), summary: "synonyms in place of the built-in ones; needs --index")
  static let noSynonyms = OptionSpec(name: "no-synonyms", value: .none, summary: "look for nothing but what is typed")
  static let check = OptionSpec(name: "check", value: .text("FILE"), summary: "check this file instead")
  static let help = OptionSpec(name: "help", value: .none, summary: "print this help")
}

/// The one table of everything the tool understands: the parser reads it, and so does the help.
extension Verb {
  var spec: VerbSpec {
    switch self {
    case .rebuild:
      VerbSpec(
        summary: "a new index from files and folders; the old one serves until it is done",
        usage: "--index DIR [--memory N] [--plain] [--strict] [--socket PATH] PATH...",
        operands: OperandSpec(synopsis: "PATH...", count: 1...Int.max, name: "PATH"),
        options: [.index, .memory, .plain, .strictReading, .reloadSocket, .help],
        notes: [
          "PATH is a file or a folder; folders are read with all folders in them, hidden files left out.",
          ".txt, .md, .html, .docx and .pdf files are split into the documents they hold; .jsonl is one object\n"
            + "a line: {\"id\": …, \"title\": …, \"text\": …, and fields of your own}.",
          ".docx needs unzip, .pdf needs pdftotext (Debian: poppler-utils). A file without text is kept by name\n"
            + "with the reason: 'inspect index' lists them.",
          "When it fails, the old index stays as it is.",
        ])
    case .add:
      VerbSpec(
        summary: "put documents into an index, or newer ones in their place",
        usage: "--index DIR [--memory N] [--plain] [--strict] [--socket PATH] PATH...",
        operands: OperandSpec(synopsis: "PATH...", count: 1...Int.max, name: "PATH"),
        options: [.index, .memory, .plain, .strictReading, .reloadSocket, .help],
        notes: [
          "A file replaces all documents that came from that path; a document replaces the one with its id."
        ])
    case .remove:
      VerbSpec(
        summary: "take documents out of an index",
        usage: "--index DIR [--socket PATH] KEY...",
        operands: OperandSpec(synopsis: "KEY...", count: 1...Int.max, name: "KEY"),
        options: [.index, .reloadSocket, .help],
        notes: [
          "KEY is a document's id, or the path of a file, whose documents all go.",
          "The exit status is 1 when none of the keys was found.",
        ])
    case .search:
      VerbSpec(
        summary: "ask an index, or a running searchd",
        usage: "(--index DIR | --socket PATH) [OPTIONS] [QUERY]",
        operands: OperandSpec(synopsis: "[QUERY]", count: 1...Int.max, name: "QUERY", substitute: .filter),
        options: [
          .index, .socket, .limit, .offset, .filter, .facet, .facetLimit, .sort, .prefer, .rank, .k1, .b, .strict,
          .synonyms,
          .noSynonyms, .json, .help,
        ],
        notes: [
          "\"…\" is an exact phrase; AND, OR and NOT in capitals combine; other text is ranked.",
          "QUERY may be left out with --filter: every document that passes is a hit then.",
          "--filter and --facet may be given again. Filters of one NAME are alternatives. For date and year\n"
            + "VALUE may be a range: --filter date:2021-04..2021-06, --filter year:2020..",
          "--json prints the body that GET /search answers.",
          "The exit status is 1 when nothing was found.",
        ])
    case .suggest:
      VerbSpec(
        summary: "complete what is being typed",
        usage: "(--index DIR | --socket PATH) [--limit N] [--json] TEXT",
        operands: OperandSpec(synopsis: "TEXT", count: 1...Int.max, name: "TEXT"),
        options: [.index, .socket, .suggestionLimit, .json, .help],
        notes: [
          "Titles, numbers, offices and phrases that have TEXT, and how many documents each finds,\n"
            + "where ~ is an estimate.",
          "TEXT may be pinyin: yanhuabaozhu or yhbz for 烟花爆竹.",
          "--json prints the body that GET /suggest answers.",
          "The exit status is 1 when there is no suggestion.",
        ])
    case .documents:
      VerbSpec(
        summary: "list an index's documents, one line each",
        usage: "--index DIR [--all] [--json]", operands: .none, options: [.index, .all, .json, .help],
        notes: ["With --json: id, title, fields, citations by number, and source."])
    case .inspect:
      VerbSpec(
        summary: "look into an index, or at what text is for it",
        usage: "[--index DIR] [--json] SUBJECT",
        operands: OperandSpec(synopsis: "SUBJECT", count: 1...Int.max, name: "SUBJECT"),
        options: [.index, .explain, .limit, .rank, .k1, .b, .synonyms, .noSynonyms, .json, .help],
        notes: [
          "SUBJECT is one of:\n" + InspectSubject.help,
          "--limit is the number of documents shown for a term (10).",
        ])
    case .synonyms:
      VerbSpec(
        summary: "print the built-in synonyms, or check a file of one's own",
        usage: "[--check FILE]", operands: .none, options: [.check, .help],
        notes: [
          "A copy may be changed and given to searchd and searchctl with --synonyms FILE.",
          "The exit status is 1 when a checked file is not well formed.",
        ])
    case .verify:
      VerbSpec(
        summary: "check every byte of an index",
        usage: "--index DIR", operands: .none, options: [.index, .help],
        notes: ["The exit status is 1 when there is damage, 2 when the check could not be made."])
    case .bench:
      VerbSpec(
        summary: "time queries inside this process, or asked of a running searchd",
        usage: "(--index DIR | --socket PATH) --queries FILE [OPTIONS]", operands: .none,
        options: [
          .index, .socket, .connections, .queries, .runs, .limit, .snippets, .rank, .k1, .b, .synonyms, .noSynonyms,
          .json, .help,
        ],
        notes: [
          "FILE has a query on each line as search takes it, or JSON lines {\"qid\", \"kind\", \"text\"}.",
          "With --index the engine alone is timed, without what the daemon does around it: a query that is a\n"
            + "document's number, an issue or articles of a law is text there. --socket times whole answers.",
          "With --json: one line a query, {\"qid\", \"kind\", \"text\", \"hits\", \"us\", \"ids\"}.",
          "FILE may be -, standard input; with --json each line is then answered as it comes, not warmed up.",
          "With --socket every answer must have status 200, and a query the same total each time;\n"
            + "with --json too: one object, {\"requests\", \"requests_per_second\", \"p50_us\", \"p99_us\", …}.",
        ])
    case .status:
      VerbSpec(
        summary: "what a running searchd serves",
        usage: "--socket PATH [--json]", operands: .none, options: [.socket, .json, .help], notes: [])
    case .reload:
      VerbSpec(
        summary: "ask a running searchd to take up the newest commit",
        usage: "--socket PATH", operands: .none, options: [.socket, .help], notes: [])
    }
  }
}

/// What `inspect` can look at.
enum InspectSubject: String, CaseIterable {
  case index, segment, term, document, tokens, query

  /// The subject's operand, as the help shows it.
  var synopsis: String {
    switch self {
    case .index: "index"
    case .segment: "segment [ID]"
    case .term: "term TERM"
    case .document: "document KEY"
    case .tokens: "tokens TEXT"
    case .query: "query QUERY"
    }
  }

  var summary: String {
    switch self {
    case .index: "the newest commit"
    case .segment: "segments, and their bytes by section"
    case .term: "a term's figures and postings"
    case .document: "a whole document"
    case .tokens: "what text is for the index; needs no --index"
    case .query: "how a query is understood"
    }
  }

  /// The lines of the help.
  static var help: String {
    HelpText.table(allCases.map { ($0.synopsis, $0.summary) })
  }
}
