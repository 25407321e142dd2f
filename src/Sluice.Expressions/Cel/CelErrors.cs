namespace Sluice.Expressions.Cel;

/// <summary>Errors of evaluations that are made once, so that an evaluation that fails allocates nothing.</summary>
internal static class CelErrors
{
    public static readonly CelValue Exhausted = CelValue.Failure("the evaluation costs more than is allowed");
    public static readonly CelValue Overflow = CelValue.Failure("the result is out of the range of its type");
    public static readonly CelValue DivisionByZero = CelValue.Failure("division by zero");
    public static readonly CelValue ModulusByZero = CelValue.Failure("modulus by zero");
    public static readonly CelValue NoSuchKey = CelValue.Failure("no such key");
    public static readonly CelValue IndexOutOfRange = CelValue.Failure("index out of range");
    public static readonly CelValue NoOverload = CelValue.Failure("no such overload");
    public static readonly CelValue NotIterable = CelValue.Failure("no such overload: only lists and maps can be iterated over");
    public static readonly CelValue NotBool = CelValue.Failure("no such overload: a condition must be a bool");
    public static readonly CelValue UnsupportedKey = CelValue.Failure("unsupported key type: keys of maps are bool, int, uint or string");
    public static readonly CelValue DuplicateKey = CelValue.Failure("a key of a map stands there twice");
    public static readonly CelValue InvalidUtf8 = CelValue.Failure("the bytes are no UTF-8");
    public static readonly CelValue NotANumber = CelValue.Failure("the text is no number of the type");
    public static readonly CelValue InvalidTimestamp = CelValue.Failure("the text is no timestamp: write RFC 3339, as in 2025-01-31T10:00:00Z");
    public static readonly CelValue InvalidDuration = CelValue.Failure("the text is no duration: write numbers with units h, m, s, ms, us or ns, as in 1h30m");
    public static readonly CelValue InvalidZone = CelValue.Failure("the text is no time zone: write UTC or an offset such as +02:00");
    public static readonly CelValue InvalidIp = CelValue.Failure("the text is no IP address");
    public static readonly CelValue InvalidCidr = CelValue.Failure("the text is no range of addresses: write CIDR notation, as in 10.0.0.0/8");
    public static readonly CelValue InvalidBase64 = CelValue.Failure("the text is no base64");
    public static readonly CelValue NegativeShift = CelValue.Failure("a shift must not be negative");
}
