using System.Text;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

/// <summary>A small environment with a value for each attribute, which counts what it was asked.</summary>
internal sealed class TestVariables : ICelVariables
{
    public static readonly CelEnvironment Environment = new(
        ("request.method", CelType.String), ("request.path", CelType.String), ("request.headers", CelType.MapOf(CelType.String, CelType.String)),
        ("request.size", CelType.Int), ("request.time", CelType.Timestamp), ("source.address", CelType.String), ("source.port", CelType.Int),
        ("connection.mtls", CelType.Bool), ("jwt", CelType.MapOf(CelType.String, CelType.Dyn)), ("anything", CelType.Dyn), ("missing", CelType.String),
        ("u", CelType.UInt), ("d", CelType.Double), ("names", CelType.ListOf(CelType.String)));

    private static readonly CelValue[] Values =
    [
        CelValue.Of("GET"), CelValue.Of("/api/v1/users"), default, CelValue.Of(1500L), CelValue.Of(new DateTimeOffset(2025, 3, 9, 7, 30, 15, TimeSpan.Zero)),
        CelValue.Of("10.1.2.3"), CelValue.Of(40000L), CelValue.True,
        JsonValues.Parse("""{"sub": "alice", "groups": ["dev", "ops"], "level": 7, "ratio": 0.5, "nested": {"a": {"b": null}}}"""u8.ToArray()),
        JsonValues.Parse("""[1, 2.5, "x", true, null, {"k": "v"}]"""u8.ToArray()), default,
        CelValue.Of(5UL), CelValue.Of(2.5), CelValue.Of(CelList.Of(CelValue.Of("ann"), CelValue.Of("bob"), CelValue.Of("cy"))),
    ];

    private static readonly Dictionary<string, CelValue> Headers = new()
    {
        ["host"] = CelValue.Of("shop.example.com"), ["x-user"] = CelValue.Of("Ärger"), ["authorization"] = CelValue.Of("Bearer abc"),
    };

    public int Gets { get; private set; }

    public int Entries { get; private set; }

    public CelValue Get(int attribute)
    {
        Gets++;
        if (Environment.Attributes[attribute].Path != "request.headers")
            return Values[attribute];
        var map = new CelDictionary();
        foreach (var (name, value) in Headers)
            map.Set(name, value);
        return CelValue.Of(map);
    }

    public CelValue GetEntry(int attribute, ReadOnlySpan<byte> key)
    {
        Entries++;
        if (Environment.Attributes[attribute].Path == "request.headers")
            return Headers.GetValueOrDefault(Encoding.UTF8.GetString(key));
        return Values[attribute].Map.Find(CelValue.Utf8(key.ToArray()));
    }
}
