namespace Sluice.Controller.Admin;

/// <summary>Names and values of a query, percent-decoded, in order; "+" stands for a space.</summary>
internal static class QueryString
{
    public static IEnumerable<(string Name, string Value)> Parse(string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var separator = pair.IndexOf('=', StringComparison.Ordinal);
            yield return separator < 0 ? (Decode(pair), "") : (Decode(pair[..separator]), Decode(pair[(separator + 1)..]));
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
