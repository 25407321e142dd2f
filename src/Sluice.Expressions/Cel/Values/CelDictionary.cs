namespace Sluice.Expressions.Cel;

/// <summary>A map in memory. A key that is set again keeps its place and gets the new value.</summary>
public sealed class CelDictionary : CelMap
{
    private readonly Dictionary<CelValue, int> _places = new(CelKeyComparer.Instance);
    private readonly List<(CelValue Key, CelValue Value)> _entries = [];

    public override int Count => _entries.Count;

    public override CelValue KeyAt(int index) => _entries[index].Key;

    public override CelValue ValueAt(int index) => _entries[index].Value;

    public override CelValue Find(in CelValue key) => _places.TryGetValue(key, out var place) ? _entries[place].Value : CelValue.Absent;

    public void Set(in CelValue key, in CelValue value)
    {
        if (_places.TryGetValue(key, out var place))
        {
            _entries[place] = (_entries[place].Key, value);
            return;
        }
        _places.Add(key, _entries.Count);
        _entries.Add((key, value));
    }

    public void Set(string key, in CelValue value) => Set(CelValue.Of(key), value);
}
