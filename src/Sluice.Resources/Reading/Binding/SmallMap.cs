using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Resources.Reading.Binding;

/// <summary>
/// A read-only dictionary of a few entries in one array, names and values in turn: a label costs 16 bytes instead of the
/// 200 of a hash table. From 16 entries on, a hash table is kept beside it.
/// </summary>
internal sealed class SmallMap : IReadOnlyDictionary<string, string>
{
    private const int MaxScanned = 16;
    private readonly string[] _entries;
    private readonly Dictionary<string, string>? _index;

    /// <param name="entries">Names and values in turn, no name twice; kept, not copied.</param>
    public SmallMap(string[] entries)
    {
        _entries = entries;
        if (Count <= MaxScanned)
            return;
        _index = new Dictionary<string, string>(Count, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i += 2)
            _index[entries[i]] = entries[i + 1];
    }

    public int Count => _entries.Length / 2;

    public IEnumerable<string> Keys => this.Select(entry => entry.Key);

    public IEnumerable<string> Values => this.Select(entry => entry.Value);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        if (_index is not null)
            return _index.TryGetValue(key, out value);
        for (var i = 0; i < _entries.Length; i += 2)
        {
            if (_entries[i] == key)
            {
                value = _entries[i + 1];
                return true;
            }
        }

        value = null;
        return false;
    }

    public bool HasSameEntries(SmallMap other) => _entries.AsSpan().SequenceEqual(other._entries);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        for (var i = 0; i < _entries.Length; i += 2)
            yield return new KeyValuePair<string, string>(_entries[i], _entries[i + 1]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
