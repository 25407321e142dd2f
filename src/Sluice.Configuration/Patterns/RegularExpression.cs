using System.Numerics;
using System.Text;

namespace Sluice.Configuration.Patterns;

/// <summary>
/// A regular expression that matches whole texts, in time linear in the text and without allocating. The syntax is what RE2
/// and .NET share: sets, groups, alternatives, repetitions (at most 1,000 times), "^" and "$", \d \s \w (ASCII), [:alpha:] and
/// the like, flags i, m, s. Refused: look-around, back references, atomic groups, word boundaries, Unicode categories, and
/// expressions of more than 1,000 characters and sets when repetitions are written out.
/// </summary>
/// <remarks>
/// Glushkov's automaton in bits: a position is a character or set of the expression; the positions that the text read so far
/// can have ended at are one bit set. Reading a character takes the union of what may follow them and keeps those whose set has
/// it. A whole expression is about a kilobyte, where an automaton of the framework's takes a megabyte.
/// </remarks>
public sealed class RegularExpression
{
    private const int Ascii = 0x80;

    private readonly int _words;
    private readonly bool _acceptsEmpty;

    // Bit sets of _words words each: one; one per position; one; one per row.
    private readonly ulong[] _first;
    private readonly ulong[] _follow;
    private readonly ulong[] _accepting;
    private readonly ulong[] _rows;

    /// <summary>Which of the rows holds the positions that take an ASCII character.</summary>
    private readonly byte[] _rowOf = new byte[Ascii];
    private readonly (CharacterSet Set, ulong[] Positions)[] _beyondAscii;

    private RegularExpression(PatternProgram program)
    {
        _words = Math.Max(1, (program.Sets.Count + 63) / 64);
        var (first, acceptsEmpty) = program.First();
        _first = Bits(first);
        _acceptsEmpty = acceptsEmpty;
        _follow = new ulong[program.Sets.Count * _words];
        _accepting = new ulong[_words];
        var position = 0;
        foreach (var (positions, accepts) in program.Follow())
        {
            Bits(positions).CopyTo(_follow, position * _words);
            if (accepts)
                Set(_accepting, position);
            position++;
        }
        _rows = Rows(program.Sets);
        _beyondAscii = BeyondAscii(program.Sets);
    }

    /// <summary>What matching costs: machine words of state that each character of a text is looked up in, 1 to 16.</summary>
    public int Words => _words;

    /// <exception cref="PatternException">The text is no regular expression, or one that is not supported.</exception>
    public static RegularExpression Parse(string pattern) => new(PatternProgram.Of(PatternParser.Parse(pattern)));

    /// <summary>Whether the whole text matches.</summary>
    /// <param name="text">UTF-8; octets that are none count as U+FFFD.</param>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        if (text.Length == 0)
            return _acceptsEmpty;
        return _words == 1 ? IsMatchInOneWord(text) : IsMatchInWords(text);
    }

    private bool IsMatchInOneWord(ReadOnlySpan<byte> text)
    {
        var next = _first[0];
        while (true)
        {
            ulong state;
            if (text[0] < Ascii)
            {
                state = next & _rows[_rowOf[text[0]]];
                text = text[1..];
            }
            else
            {
                Rune.DecodeFromUtf8(text, out var rune, out var length);
                state = 0;
                foreach (var (set, positions) in _beyondAscii)
                    state |= set.Contains(rune.Value) ? next & positions[0] : 0;
                text = text[length..];
            }
            if (state == 0)
                return false;
            if (text.Length == 0)
                return (state & _accepting[0]) != 0;
            next = 0;
            for (; state != 0; state &= state - 1)
                next |= _follow[BitOperations.TrailingZeroCount(state)];
        }
    }

    private bool IsMatchInWords(ReadOnlySpan<byte> text)
    {
        Span<ulong> next = stackalloc ulong[_words], state = stackalloc ulong[_words];
        _first.CopyTo(next);
        while (true)
        {
            if (text[0] < Ascii)
            {
                _rows.AsSpan(_rowOf[text[0]] * _words, _words).CopyTo(state);
                text = text[1..];
            }
            else
            {
                Rune.DecodeFromUtf8(text, out var rune, out var length);
                state.Clear();
                foreach (var (set, positions) in _beyondAscii)
                {
                    if (set.Contains(rune.Value))
                        Add(state, positions);
                }
                text = text[length..];
            }
            var any = false;
            for (var i = 0; i < state.Length; i++)
                any |= (state[i] &= next[i]) != 0;
            if (!any || text.Length == 0)
                return any && Intersect(state, _accepting);
            next.Clear();
            for (var i = 0; i < state.Length; i++)
            {
                for (var bits = state[i]; bits != 0; bits &= bits - 1)
                    Add(next, _follow.AsSpan(((i * 64) + BitOperations.TrailingZeroCount(bits)) * _words, _words));
            }
        }
    }

    // Equal rows are one: most characters that an expression does not name behave alike.
    private ulong[] Rows(IReadOnlyList<CharacterSet> sets)
    {
        var rows = new List<ulong[]>();
        var row = new ulong[_words];
        for (var value = 0; value < Ascii; value++)
        {
            Array.Clear(row);
            for (var position = 0; position < sets.Count; position++)
            {
                if (sets[position].Contains(value))
                    Set(row, position);
            }
            var known = rows.FindIndex(other => other.AsSpan().SequenceEqual(row));
            if (known < 0)
            {
                known = rows.Count;
                rows.Add([.. row]);
            }
            _rowOf[value] = (byte)known;
        }
        return [.. rows.SelectMany(bits => bits)];
    }

    private (CharacterSet Set, ulong[] Positions)[] BeyondAscii(IReadOnlyList<CharacterSet> sets)
    {
        var distinct = new List<(CharacterSet Set, ulong[] Positions)>();
        for (var position = 0; position < sets.Count; position++)
        {
            if (!sets[position].HasMoreThanAscii)
                continue;
            var known = distinct.FindIndex(entry => entry.Set.SetEquals(sets[position]));
            if (known < 0)
            {
                known = distinct.Count;
                distinct.Add((sets[position], new ulong[_words]));
            }
            Set(distinct[known].Positions, position);
        }
        return [.. distinct];
    }

    private ulong[] Bits(IEnumerable<int> positions)
    {
        var bits = new ulong[_words];
        foreach (var position in positions)
            Set(bits, position);
        return bits;
    }

    private static void Set(ulong[] bits, int position) => bits[position / 64] |= 1UL << (position % 64);

    private static void Add(Span<ulong> bits, ReadOnlySpan<ulong> others)
    {
        for (var i = 0; i < bits.Length; i++)
            bits[i] |= others[i];
    }

    private static bool Intersect(ReadOnlySpan<ulong> bits, ReadOnlySpan<ulong> others)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            if ((bits[i] & others[i]) != 0)
                return true;
        }
        return false;
    }
}
