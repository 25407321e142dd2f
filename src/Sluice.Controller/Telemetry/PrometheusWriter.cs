using System.Globalization;

namespace Sluice.Controller.Telemetry;

/// <summary>Writes the Prometheus text format, version 0.0.4.</summary>
internal sealed class PrometheusWriter(TextWriter writer)
{
    /// <summary>Counter, gauge or histogram.</summary>
    public void Declare(string name, string type, string help)
    {
        writer.Write($"# HELP {name} {help}\n");
        writer.Write($"# TYPE {name} {type}\n");
    }

    public void Counter(string name, string help, double value)
    {
        Declare(name, "counter", help);
        Sample(name, value);
    }

    public void Gauge(string name, string help, double value)
    {
        Declare(name, "gauge", help);
        Sample(name, value);
    }

    public void Sample(string name, double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        writer.Write(name);
        for (var i = 0; i < labels.Length; i++)
            writer.Write($"{(i == 0 ? '{' : ',')}{labels[i].Name}=\"{Escape(labels[i].Value)}\"");
        if (labels.Length > 0)
            writer.Write('}');
        writer.Write(' ');
        writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
        writer.Write('\n');
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
