import SystemIO

@main
enum Main {
  static func main() {
    StandardStream.openMissing()
    let console = Console.standard()
    let status = Tool(console: console).run(Array(CommandLine.arguments.dropFirst()))
    exitProcess(status.rawValue)
  }
}
