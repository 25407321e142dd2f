namespace Sluice.Expressions.Cel;

/// <summary>What a <see cref="CelValue"/> holds.</summary>
public enum CelKind : byte
{
    /// <summary>Nothing: an attribute or entry that is not there, an undefined variable of a template.</summary>
    Absent,
    Error,
    Null,
    Bool,
    Int,
    UInt,
    Double,
    String,
    Bytes,
    List,
    Map,
    Timestamp,
    Duration,
    Type,

    /// <summary>An IP address.</summary>
    Ip,

    /// <summary>A range of IP addresses.</summary>
    Cidr,
}
