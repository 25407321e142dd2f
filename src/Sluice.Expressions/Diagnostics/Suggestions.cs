namespace Sluice.Expressions;

/// <summary>What may have been meant.</summary>
internal static class Suggestions
{
    private const int MaxListed = 30;

    /// <summary>": did you mean X?", or "; there are: A, B" for a few, or nothing.</summary>
    public static string For(string name, IEnumerable<string> known)
    {
        var names = known.Distinct().Order(StringComparer.Ordinal).ToArray();
        var closest = names.MinBy(other => Distance(name, other));
        if (closest is not null && Distance(name, closest) <= Math.Max(1, name.Length / 3))
            return $": did you mean \"{closest}\"?";
        return names.Length is 0 or > MaxListed ? "" : $"; there are: {string.Join(", ", names)}";
    }

    // Levenshtein's distance. Names are short; longer ones are not compared.
    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
