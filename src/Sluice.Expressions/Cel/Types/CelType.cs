namespace Sluice.Expressions.Cel;

/// <summary>A type of the language. Any value has type dyn as well.</summary>
public sealed class CelType
{
    private readonly string _name;

    private CelType(CelKind kind, string name, CelType? key = null, CelType? element = null)
    {
        Kind = kind;
        _name = name;
        Key = key;
        Element = element;
    }

    public static CelType Dyn { get; } = new(CelKind.Absent, "dyn");

    public static CelType Null { get; } = new(CelKind.Null, "null_type");

    public static CelType Bool { get; } = new(CelKind.Bool, "bool");

    public static CelType Int { get; } = new(CelKind.Int, "int");

    public static CelType UInt { get; } = new(CelKind.UInt, "uint");

    public static CelType Double { get; } = new(CelKind.Double, "double");

    public static CelType String { get; } = new(CelKind.String, "string");

    public static CelType Bytes { get; } = new(CelKind.Bytes, "bytes");

    public static CelType Timestamp { get; } = new(CelKind.Timestamp, "google.protobuf.Timestamp");

    public static CelType Duration { get; } = new(CelKind.Duration, "google.protobuf.Duration");

    public static CelType Type { get; } = new(CelKind.Type, "type");

    public static CelType Ip { get; } = new(CelKind.Ip, "net.IP");

    public static CelType Cidr { get; } = new(CelKind.Cidr, "net.CIDR");

    public static CelType AnyList { get; } = ListOf(Dyn);

    public static CelType AnyMap { get; } = MapOf(Dyn, Dyn);

    /// <summary>Of the values; Absent for dyn.</summary>
    public CelKind Kind { get; }

    /// <summary>Of a map.</summary>
    public CelType? Key { get; }

    /// <summary>Of a list, or of the values of a map.</summary>
    public CelType? Element { get; }

    public bool IsDyn => Kind == CelKind.Absent;

    /// <summary>By the names that expressions use for types as values.</summary>
    internal static IReadOnlyDictionary<string, CelType> Named { get; } = new Dictionary<string, CelType>
    {
        ["bool"] = Bool, ["int"] = Int, ["uint"] = UInt, ["double"] = Double, ["string"] = String, ["bytes"] = Bytes,
        ["list"] = AnyList, ["map"] = AnyMap, ["null_type"] = Null, ["type"] = Type,
        ["google.protobuf.Timestamp"] = Timestamp, ["google.protobuf.Duration"] = Duration, ["net.IP"] = Ip, ["net.CIDR"] = Cidr,
    };

    public static CelType ListOf(CelType element) => new(CelKind.List, "list", element: element);

    public static CelType MapOf(CelType key, CelType value) => new(CelKind.Map, "map", key, value);

    /// <summary>Whether a value of that type may be one of this type, dyn taken as either.</summary>
    public bool Accepts(CelType other)
    {
        if (IsDyn || other.IsDyn)
            return true;
        return Kind == other.Kind && (Key is null || Key.Accepts(other.Key!)) && (Element is null || Element.Accepts(other.Element!));
    }

    /// <summary>Whether that value, whose type was not known before, is of this type's kind.</summary>
    internal bool Accepts(CelKind kind) => IsDyn || Kind == kind;

    /// <summary>True when nothing about it is dyn.</summary>
    internal bool IsKnown => !IsDyn && Key is null or { IsDyn: false } && Element is null or { IsDyn: false };

    /// <summary>The type of what is one or the other: dyn when they differ.</summary>
    internal static CelType Join(CelType a, CelType b)
    {
        if (a.Kind != b.Kind)
            return Dyn;
        return a.Kind switch
        {
            CelKind.List => ListOf(Join(a.Element!, b.Element!)),
            CelKind.Map => MapOf(Join(a.Key!, b.Key!), Join(a.Element!, b.Element!)),
            _ => a,
        };
    }

    internal static CelType Of(in CelValue value) => value.Kind switch
    {
        CelKind.List => AnyList,
        CelKind.Map => AnyMap,
        CelKind.Null => Null,
        CelKind.Bool => Bool,
        CelKind.Int => Int,
        CelKind.UInt => UInt,
        CelKind.Double => Double,
        CelKind.String => String,
        CelKind.Bytes => Bytes,
        CelKind.Timestamp => Timestamp,
        CelKind.Duration => Duration,
        CelKind.Type => Type,
        CelKind.Ip => Ip,
        CelKind.Cidr => Cidr,
        _ => Dyn,
    };

    public override string ToString() => this switch
    {
        { Kind: CelKind.List, Element.IsDyn: false } => $"list({Element})",
        { Kind: CelKind.Map } when !Key!.IsDyn || !Element!.IsDyn => $"map({Key}, {Element})",
        _ => _name,
    };
}
