import Glibc
import SystemIO

@main
enum Main {
  static func main() {
    let console = Console.standard()
    let status = Tool(console: console).run(Array(CommandLine.arguments.dropFirst()))
    exit(status.rawValue)
  }
}
