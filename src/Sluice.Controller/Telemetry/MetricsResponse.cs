using System.Globalization;
using System.Text;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Telemetry;

/// <summary>Answers <c>/metrics</c>: as OpenMetrics to who asks for it, as Prometheus text to everybody else.</summary>
internal static class MetricsResponse
{
    public const string TextType = "text/plain; version=0.0.4; charset=utf-8";

    private const string OpenMetricsType = "application/openmetrics-text";

    public static LocalResponse Of(LocalRequest request, Action<TextWriter> write)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(text);
        return WantsOpenMetrics(request)
            ? new LocalResponse(200, $"{OpenMetricsType}; version=1.0.0; charset=utf-8", Encoding.UTF8.GetBytes(OpenMetricsText.Of(text.ToString())))
            : new LocalResponse(200, TextType, Encoding.UTF8.GetBytes(text.ToString()));
    }

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
