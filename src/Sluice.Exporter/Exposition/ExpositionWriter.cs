using System.Text;
using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Exposition;

/// <summary>Writes what a scrape has found, in pieces: it is all there already, and takes no more memory for being sent.</summary>
internal static class ExpositionWriter
{
    public static string ContentType(ExpositionFormat format) => format switch
    {
        ExpositionFormat.OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        ExpositionFormat.OpenMetricsDraft => "application/openmetrics-text; version=0.0.1; charset=utf-8",
        _ => "text/plain; version=0.0.4; charset=utf-8",
    };

    /// <exception cref="IOException">The client is gone.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public static async Task WriteAsync(ScrapeResult result, ExpositionFormat format, bool isCompressed, Stream output, CancellationToken cancellation)
    {
        using var pieces = new PieceWriter(isCompressed);
        foreach (var part in Parts(result, format))
        {
            for (var rest = part; rest.Length > 0;)
            {
                rest = rest[pieces.Add(rest.Span)..];
                if (pieces.IsFull)
                    await pieces.FlushAsync(output, cancellation).ConfigureAwait(false);
            }
        }

        pieces.Complete();
        await pieces.FlushAsync(output, cancellation).ConfigureAwait(false);
    }

    /// <summary>All of it, in order.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Parts(ScrapeResult result, ExpositionFormat format)
    {
        foreach (var family in result.Own)
        {
            yield return Encoding.UTF8.GetBytes(FamilyHeader.Of(family.Name, family.Type, family.Help, format));
            yield return family.Lines.Memory;
        }

        foreach (var kind in result.Kinds)
        {
            foreach (var part in Parts(kind, format))
                yield return part;
        }

        if (format != ExpositionFormat.Text)
            yield return "# EOF\n"u8.ToArray();
    }

    /// <summary>The families of a kind; nothing where there are no objects.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Parts(KindObjects kind, ExpositionFormat format)
    {
        if (kind.Objects.Count == 0)
            yield break;
        for (var i = 0; i < kind.Kind.Families.Count; i++)
        {
            var family = kind.Kind.Families[i];
            yield return Encoding.UTF8.GetBytes(FamilyHeader.Of(family.Name, FamilyHeader.TypeOf(family.Name), family.Help, format));
            foreach (var rendered in kind.Objects)
                yield return rendered.Lines(i);
        }
    }
}
