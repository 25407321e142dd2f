using System.Globalization;

namespace Sluice.Exporter.Exposition;

/// <summary>
/// Decides by a request's Accept and Accept-Encoding what it gets. Parts that cannot be read are passed over, and who accepts nothing
/// that there is gets the text format all the same: an exporter that refuses would be a scrape that fails for no good reason.
/// </summary>
public static class AcceptHeader
{
    /// <summary>Entries that are looked at.</summary>
    private const int MaxEntries = 64;

    /// <param name="accept">Null when there is none.</param>
    public static ExpositionFormat FormatOf(string? accept)
    {
        var (best, format) = (0.0, ExpositionFormat.Text);
        foreach (var entry in Entries(accept))
        {
            var offered = Offered(entry);
            if (offered is { } known && entry.Quality > best)
                (best, format) = (entry.Quality, known);
        }

        return format;
    }

    /// <param name="acceptEncoding">Null when there is none.</param>
    public static bool TakesGzip(string? acceptEncoding)
    {
        double? any = null;
        foreach (var entry in Entries(acceptEncoding))
        {
            if (entry.Name is "gzip" or "x-gzip")
                return entry.Quality > 0;
            if (entry.Name == "*")
                any = entry.Quality;
        }

        return any > 0;
    }

    private static ExpositionFormat? Offered(Entry entry) => (entry.Name, entry.Version) switch
    {
        ("application/openmetrics-text", null or "1.0.0") => ExpositionFormat.OpenMetrics,
        ("application/openmetrics-text", "0.0.1") => ExpositionFormat.OpenMetricsDraft,
        ("text/plain", null or "0.0.4") or ("text/*" or "*/*", _) => ExpositionFormat.Text,
        _ => null,
    };

    private static IEnumerable<Entry> Entries(string? header)
    {
        foreach (var item in (header ?? "").Split(',', MaxEntries + 1).Take(MaxEntries))
        {
            var parts = item.Split(';', StringSplitOptions.TrimEntries);
            var entry = new Entry(parts[0].ToLowerInvariant(), null, 1);
            foreach (var part in parts.AsSpan(1))
            {
                var separator = part.IndexOf('=', StringComparison.Ordinal);
                if (separator < 0)
                    continue;
                var value = part[(separator + 1)..].Trim().Trim('"');
                entry = part[..separator].Trim().ToLowerInvariant() switch
                {
                    "q" => entry with { Quality = QualityOf(value) },
                    "version" => entry with { Version = value },
                    _ => entry,
                };
            }

            if (entry.Name.Length > 0)
                yield return entry;
        }
    }

    /// <summary>What is no quality is none at all: the entry is passed over.</summary>
    private static double QualityOf(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) && quality <= 1 ? quality : 0;

    private readonly record struct Entry(string Name, string? Version, double Quality);
}
