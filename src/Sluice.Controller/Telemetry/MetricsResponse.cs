using System.Globalization;
using System.Text;
using Sluice.Exporter.Exposition;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Telemetry;

/// <summary>Answers <c>/metrics</c>: as OpenMetrics to who asks for it, as Prometheus text to everybody else.</summary>
internal static class MetricsResponse
{
    private const string OpenMetricsType = "application/openmetrics-text";

    /// <param name="request">Whose Accept field decides.</param>
    /// <param name="write">Writes Prometheus text.</param>
    /// <param name="state">What follows; null for nothing.</param>
    public static LocalResponse Of(LocalRequest request, Action<TextWriter> write, StateExposition? state = null)
    {
        var text = new MemoryStream();
        using (var writer = new StreamWriter(text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" })
            write(writer);
        var isOpen = WantsOpenMetrics(request);
        var own = isOpen
            ? new LocalResponse(200, $"{OpenMetricsType}; version=1.0.0; charset=utf-8", OpenMetrics(text, isAll: state is null))
            : new LocalResponse(200, "text/plain; version=0.0.4; charset=utf-8", Written(text));
        return state is null ? own : own with
        {
            WriteBody = async (body, gone) =>
            {
                await body.WriteAsync(own.Body, gone);
                await (isOpen ? state.WriteOpenMetricsAsync(body, gone) : state.WriteTextAsync(body, gone));
            },
        };
    }

    private static ReadOnlyMemory<byte> OpenMetrics(MemoryStream text, bool isAll)
    {
        var open = new MemoryStream((int)text.Length + 64);
        OpenMetricsText.Write(Written(text).Span, open, isAll);
        return Written(open);
    }

    private static ReadOnlyMemory<byte> Written(MemoryStream stream) => stream.GetBuffer().AsMemory(0, (int)stream.Length);

    /// <summary>Prometheus names it first, or with the highest weight, when it wants it; one that has it among the others gets the text that all read.</summary>
    private static bool WantsOpenMetrics(LocalRequest request)
    {
        var (best, isOpen) = (0.0, false);
        foreach (var range in request.Headers.GetValueOrDefault("accept", "").Split(','))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var isOpenRange = parts[0].Equals(OpenMetricsType, StringComparison.OrdinalIgnoreCase);
            if (!isOpenRange && !parts[0].Equals("text/plain", StringComparison.OrdinalIgnoreCase))
                continue;
            var weight = Weight(parts);
            if (weight > best)
                (best, isOpen) = (weight, isOpenRange);
        }

        return isOpen;
    }

    private static double Weight(string[] parts)
    {
        foreach (var part in parts.Skip(1))
        {
            if (part.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
                return double.TryParse(part.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) ? weight : 0;
        }

        return 1;
    }
}
