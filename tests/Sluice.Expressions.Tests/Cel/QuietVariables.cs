using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

/// <summary>The values of <see cref="TestVariables"/>, given without allocating.</summary>
internal sealed class QuietVariables : ICelVariables
{
    private static readonly TestVariables Source = new();
    private static readonly int Headers = TestVariables.Environment.Find("request.headers")!.Index;
    private static readonly CelMap HeaderMap = Source.Get(Headers).Map;

    public CelValue Get(int attribute) => attribute == Headers ? CelValue.Of(HeaderMap) : Source.Get(attribute);

    public CelValue GetEntry(int attribute, ReadOnlySpan<byte> key)
    {
        var map = attribute == Headers ? HeaderMap : Source.Get(attribute).Map;
        for (var i = 0; i < map.Count; i++)
        {
            if (map.KeyAt(i).Span.SequenceEqual(key))
                return map.ValueAt(i);
        }
        return CelValue.Absent;
    }
}
