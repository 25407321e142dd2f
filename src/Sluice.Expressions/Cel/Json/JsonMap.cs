namespace Sluice.Expressions.Cel;

internal sealed class JsonMap(JsonIndex index, int token) : CelMap
{
    private CelDictionary? _entries;

    public override int Count => Entries.Count;

    private CelDictionary Entries => _entries ??= Read();

    public override CelValue KeyAt(int at) => Entries.KeyAt(at);

    public override CelValue ValueAt(int at) => Entries.ValueAt(at);

    public override CelValue Find(in CelValue key) => Entries.Find(key);

    private CelDictionary Read()
    {
        var entries = new CelDictionary();
        var (at, end) = index.Within(token);
        for (; at < end; at = index.Next(at + 1))
            entries.Set(index.ValueOf(at), index.ValueOf(at + 1));
        return entries;
    }
}
