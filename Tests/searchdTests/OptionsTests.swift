import Testing

@testable import searchd

struct OptionsTests {
  @Test("Everything that can be said is read, with or without an equals sign")
  func everything() throws {
    var expected = Options(index: "/i", socket: "/s")
    #expect(try Options.parse(["--index", "/i", "--socket=/s"]) == .serve(expected))
    expected.listen = try LoopbackAddress("[::1]:80")
    expected.mode = 0o600
    expected.maximumConnections = 9
    expected.synonyms = "/f"
    let arguments = [
      "--synonyms", "/f", "--max-connections", "9", "--mode=600", "--listen", "[::1]:80", "--socket", "/s", "--index",
      "/i",
    ]
    #expect(try Options.parse(arguments) == .serve(expected))
    #expect(try Options.parse(["--version"]) == .version)
    #expect(try Options.parse(["--index", "x", "-h"]) == .help)
  }

  @Test(
    "What is wrong is said in one sentence",
    arguments: [
      ([], "--index DIR is missing."), (["--index", "x"], "--socket PATH is missing."),
      (["--index"], "--index needs a value."), (["--index="], "--index needs a value."),
      (["--index", "x", "--index", "y"], "--index is given twice."), (["--version=1"], "--version takes no value."),
      (["--sockets", "x"], "unknown option --sockets, did you mean --socket?"), (["x"], "unknown option x."),
      (["--index=x", "--socket=y", "--mode=8"], "--mode is an octal number from 0 to 0777, not '8'."),
      (["--index=x", "--socket=y", "--mode=+77"], "--mode is an octal number from 0 to 0777, not '+77'."),
      (
        ["--index=x", "--socket=y", "--max-connections=0"],
        "--max-connections is a number from 1 to 10000, not '0'."
      ),
      (
        ["--index=x", "--socket=y", "--listen=80"], "--listen is ADDRESS:PORT, as 127.0.0.1:8080, not '80'."
      ),
      (
        ["--index=x", "--socket=y", "--listen=127.0.0.1:65536"],
        "--listen is ADDRESS:PORT, as 127.0.0.1:8080, not '127.0.0.1:65536'."
      ),
    ])
  func wrong(arguments: [String], sentence: String) {
    #expect(throws: StartError(sentence + " Try 'searchd --help'.")) { _ = try Options.parse(arguments) }
  }

  @Test("The help is one table")
  func help() {
    #expect(
      Options.helpText == """
        searchd --index DIR --socket PATH [OPTION...]

        Serves an index over HTTP on a Unix socket.

          --index DIR            the folder of the index, as 'searchctl rebuild' made it
          --socket PATH          the Unix socket to serve on
          --listen ADDRESS:PORT  serve on a loopback TCP port too, as 127.0.0.1:8080
          --mode MODE            who may use the socket, in octal (0660)
          --synonyms FILE        synonyms in place of the built-in ones, read with each commit
          --max-connections N    connections served at a time, 1 to 10000 (256)
          --version              print the version
          --help                 print this

        SIGHUP takes up the newest commit, SIGTERM and SIGINT stop the daemon.

        """)
  }
}
