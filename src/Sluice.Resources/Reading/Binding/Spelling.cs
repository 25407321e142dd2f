namespace Sluice.Resources.Reading.Binding;

/// <summary>Finds what a misspelled word was probably meant to be.</summary>
internal static class Spelling
{
    private const int LongestWord = 40;

    /// <summary>The nearest of the names (separated by spaces) when it is near enough to suggest; else null.</summary>
    public static string? Nearest(string word, string names)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        string? nearest = null;
        var best = word.Length <= 3 ? 2 : 3;
        foreach (var range in names.AsSpan().Split(' '))
        {
            var name = names[range];
            var distance = Distance(word, name);
            if (distance < best)
            {
                best = distance;
                nearest = name;
            }
        }

        return nearest;
    }

    /// <summary>The one of the words (separated by ", ") that differs in case only; else null.</summary>
    public static string? SameButCase(string word, string words)
    {
        foreach (var range in words.AsSpan().Split(", "))
        {
            if (words.AsSpan(range).Equals(word, StringComparison.OrdinalIgnoreCase))
                return words[range];
        }

        return null;
    }

    /// <summary>Levenshtein distance; a difference in case alone counts as one step in all.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Equals(b, StringComparison.OrdinalIgnoreCase))
            return 1;
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
