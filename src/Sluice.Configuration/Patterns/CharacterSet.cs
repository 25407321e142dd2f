using System.Text;

namespace Sluice.Configuration.Patterns;

/// <summary>A set of Unicode code points, as sorted ranges that do not touch.</summary>
internal sealed class CharacterSet
{
    private const int Last = 0x10FFFF;

    /// <summary>Ranges beyond ASCII that are wider than this are taken as closed under case.</summary>
    private const int MaxFoldedRange = 0x1000;

    private readonly (int First, int Last)[] _ranges;

    private CharacterSet(IEnumerable<(int First, int Last)> ranges)
    {
        var merged = new List<(int First, int Last)>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }
        _ranges = [.. merged];
    }

    public static CharacterSet Everything { get; } = Range(0, Last);

    public static CharacterSet EverythingButNewLine { get; } = Range('\n', '\n').Complement();

    /// <summary>As in RE2, of ASCII only.</summary>
    public static CharacterSet Digit { get; } = Range('0', '9');

    public static CharacterSet Space { get; } = new([('\t', '\r'), (' ', ' ')]);

    public static CharacterSet Word { get; } = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    public bool HasMoreThanAscii => _ranges.Length > 0 && _ranges[^1].Last >= 0x80;

    public static CharacterSet Range(int first, int last) => new([(first, last)]);

    public static CharacterSet Union(IEnumerable<CharacterSet> sets) => new(sets.SelectMany(set => set._ranges));

    public CharacterSet Complement()
    {
        var ranges = new List<(int, int)>();
        var next = 0;
        foreach (var (first, last) in _ranges)
        {
            if (first > next)
                ranges.Add((next, first - 1));
            next = last + 1;
        }
        if (next <= Last)
            ranges.Add((next, Last));
        return new CharacterSet(ranges);
    }

    /// <summary>With the other case of every letter.</summary>
    public CharacterSet Folded()
    {
        var ranges = new List<(int, int)>(_ranges);
        foreach (var (first, last) in _ranges)
        {
            var end = last - first > MaxFoldedRange ? Math.Min(last, 0x7F) : last;
            for (var value = first; value <= end; value++)
            {
                if (!Rune.TryCreate(value, out var rune))
                    continue;
                ranges.Add((Rune.ToLowerInvariant(rune).Value, Rune.ToLowerInvariant(rune).Value));
                ranges.Add((Rune.ToUpperInvariant(rune).Value, Rune.ToUpperInvariant(rune).Value));
            }
        }
        return new CharacterSet(ranges);
    }

    public bool Contains(int value)
    {
        int low = 0, high = _ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (value < _ranges[middle].First)
                high = middle - 1;
            else if (value > _ranges[middle].Last)
                low = middle + 1;
            else
                return true;
        }
        return false;
    }

    public bool SetEquals(CharacterSet other) => _ranges.AsSpan().SequenceEqual(other._ranges);
}
