import Glibc

/// The C library's functions that the standard library lacks.
public enum Mathematics {
  /// The natural logarithm of `value`, correctly signed at the ends: minus infinity for 0, not a number below.
  public static func naturalLogarithm(_ value: Double) -> Double { log(value) }
}
