namespace Sluice.Expressions.Cel;

internal sealed class JsonList(JsonIndex index, int token) : CelList
{
    private CelValue[]? _values;

    public override int Count => Values.Length;

    public override CelValue this[int at] => Values[at];

    private CelValue[] Values => _values ??= Read();

    private CelValue[] Read()
    {
        var values = new List<CelValue>();
        var (at, end) = index.Within(token);
        for (; at < end; at = index.Next(at))
            values.Add(index.ValueOf(at));
        return [.. values];
    }
}
