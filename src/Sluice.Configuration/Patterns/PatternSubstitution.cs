using System.Globalization;
using System.Text;

namespace Sluice.Configuration.Patterns;

/// <summary>
/// Replaces every match of a regular expression, which may match a part of the text, by what is made of its groups, as RE2's
/// GlobalReplace does. The syntax of expressions is that of <see cref="RegularExpression"/>. Takes time linear in the text for each match,
/// and allocates nothing.
/// </summary>
public sealed class PatternSubstitution
{
    /// <summary>Characters of a substitution: 2,048.</summary>
    public const int MaxLength = 2048;

    /// <summary>Different groups that a substitution may name: 16.</summary>
    public const int MaxGroups = 16;

    /// <summary>Steps of the automaton for one text; with more it counts as too costly: 1,000,000.</summary>
    private const int Budget = 1_000_000;

    private readonly PatternSearch _search;

    /// <summary>Text, then the index of a group among those that are wanted; -1: none.</summary>
    private readonly (byte[] Text, int Group)[] _pieces;

    private PatternSubstitution(PatternSearch search, (byte[] Text, int Group)[] pieces)
    {
        _search = search;
        _pieces = pieces;
    }

    /// <param name="pattern">The expression.</param>
    /// <param name="substitution">\1 to \9 and \g&lt;name&gt; stand for groups, \0 for the match, \\ for a backslash.</param>
    /// <exception cref="PatternException">One of both cannot be used.</exception>
    public static PatternSubstitution Parse(string pattern, string substitution)
    {
        ArgumentNullException.ThrowIfNull(substitution);
        var root = PatternParser.Parse(pattern, out var names);
        if (substitution.Length > MaxLength)
            throw new PatternException($"the substitution has more than {MaxLength} characters", MaxLength);
        var wanted = new List<int> { 0 };
        var pieces = new List<(byte[], int)>();
        var text = new StringBuilder();
        for (var i = 0; i < substitution.Length; i++)
        {
            if (substitution[i] != '\\')
            {
                text.Append(substitution[i]);
                continue;
            }
            if (substitution.AsSpan(i).StartsWith(@"\\"))
            {
                text.Append('\\');
                i++;
                continue;
            }
            var group = Group(substitution, ref i, names);
            if (!wanted.Contains(group))
                wanted.Add(group);
            pieces.Add((Encoding.UTF8.GetBytes(text.ToString()), wanted.IndexOf(group)));
            text.Clear();
        }
        pieces.Add((Encoding.UTF8.GetBytes(text.ToString()), -1));
        if (wanted.Count > MaxGroups)
            throw new PatternException($"the substitution names more than {MaxGroups} groups", 0);
        return new PatternSubstitution(new PatternSearch(PatternProgram.Of(root), wanted), [.. pieces]);
    }

    /// <param name="text">UTF-8.</param>
    /// <param name="destination">Gets the text with all matches replaced.</param>
    /// <param name="written">Octets of it.</param>
    /// <returns>False when it has no room there, or would take too many steps.</returns>
    public bool TryReplace(ReadOnlySpan<byte> text, Span<byte> destination, out int written)
    {
        written = 0;
        var budget = Budget;
        var copied = 0;
        var lastEnd = -1;
        Span<int> places = stackalloc int[2 * MaxGroups];
        for (var at = 0; at <= text.Length && _search.TryFind(text, at, places, ref budget);)
        {
            int start = places[0], end = places[1];
            if (start == end && start == lastEnd)
            {
                // Nothing, right behind a match: not another one.
                at += CharacterLength(text, at);
                continue;
            }
            if (!TryAppend(text[copied..start], destination, ref written) || !TryAppend(text, places, destination, ref written))
                return false;
            copied = at = lastEnd = end;
        }
        return budget >= 0 && TryAppend(text[copied..], destination, ref written);
    }

    private bool TryAppend(ReadOnlySpan<byte> text, ReadOnlySpan<int> places, Span<byte> destination, ref int written)
    {
        foreach (var (literal, group) in _pieces)
        {
            if (!TryAppend(literal, destination, ref written))
                return false;
            if (group >= 0 && places[2 * group] >= 0 && places[(2 * group) + 1] is >= 0 and var end && !TryAppend(text[places[2 * group]..end], destination, ref written))
                return false;
        }
        return true;
    }

    private static bool TryAppend(ReadOnlySpan<byte> part, Span<byte> destination, ref int written)
    {
        if (!part.TryCopyTo(destination[written..]))
            return false;
        written += part.Length;
        return true;
    }

    private static int CharacterLength(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length)
            return 1;
        Rune.DecodeFromUtf8(text[at..], out _, out var length);
        return length;
    }

    private static int Group(string substitution, ref int position, IReadOnlyList<string?> names)
    {
        var start = position;
        var rest = substitution.AsSpan(position + 1);
        if (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
        {
            position++;
            return Known(rest[0] - '0', names, start);
        }
        var close = rest.IndexOf('>');
        if (!rest.StartsWith("g<") || close < 0)
            throw new PatternException("a \"\\\" of a substitution must be followed by a digit, g<name> or another \"\\\"", start);
        position += close + 1;
        var name = rest[2..close];
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Known(number, names, start);
        for (var i = 0; i < names.Count; i++)
        {
            if (name.SequenceEqual(names[i]))
                return i + 1;
        }
        throw new PatternException($"the expression has no group \"{name}\"", start);
    }

    private static int Known(int number, IReadOnlyList<string?> names, int position) => number <= names.Count ? number
        : throw new PatternException($"the expression has {names.Count} groups, and the substitution names group {number}", position);
}
