/// What the programs call themselves.
public enum Product {
  /// The project's name.
  public static let name = "Zilin"
  /// The version of this build, as `--version` prints it and `/stats` answers.
  public static let version = "0.1.0"
}
