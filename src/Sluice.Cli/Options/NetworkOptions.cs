using System.CommandLine;
using System.Globalization;
using System.Net;

namespace Sluice.Cli.Options;

/// <summary>Options that name addresses, ports and times, the same for every command.</summary>
internal static class NetworkOptions
{
    public static Option<int?> Port(string name, string description) =>
        ParsedOption.Create<int?>(name, "PORT", description, "a port from 0 to 65535", TryParsePort);

    public static Option<IPAddress?> Address(string name, string description) =>
        ParsedOption.Create<IPAddress?>(name, "IP", description, "an IP address such as 127.0.0.1 or ::1", IPAddress.TryParse);

    public static Option<int?> Number(string name, string description, int minimum, int maximum) =>
        ParsedOption.Create<int?>(name, "N", description, $"a number from {minimum} to {maximum}", (string text, out int? value) =>
        {
            value = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
            return value >= minimum && value <= maximum;
        });

    /// <summary>HOST is an IP address or "localhost".</summary>
    public static Option<IPEndPoint?> EndPoint(string name, string description) =>
        ParsedOption.Create<IPEndPoint?>(name, "HOST:PORT", description, "an IP address and a port such as 127.0.0.1:19000", TryParseEndPoint);

    /// <summary>As <see cref="EndPoint"/>, or "off".</summary>
    public static Option<AdminAddress?> Admin(string name, string description) =>
        ParsedOption.Create<AdminAddress?>(name, "HOST:PORT", description, "an IP address and a port such as 127.0.0.1:19000, or off", AdminAddress.TryParse);

    public static Option<AdminAddress?> Probes() =>
        Admin("--probes", "Where /healthz, /readyz and /metrics, and nothing else of the admin endpoint, are answered too: for a cluster's probes and for Prometheus. Default: off.");

    /// <summary>As <see cref="Admin"/>, with another example.</summary>
    public static Option<AdminAddress?> Api(string name, string description) =>
        ParsedOption.Create<AdminAddress?>(name, "HOST:PORT", description, "an IP address and a port such as 127.0.0.1:6480, or off", AdminAddress.TryParse);

    public static Option<IPNetwork?> Network(string name, string description) =>
        ParsedOption.Create<IPNetwork?>(name, "CIDR", description, "a network such as 127.0.1.0/24, with no bits set after the prefix", (string text, out IPNetwork? value) =>
        {
            // The framework cuts off bits after the prefix; here they are a mistake.
            var valid = IPNetwork.TryParse(text, out var network) && IPAddress.TryParse(text.AsSpan(0, text.IndexOf('/')), out var given) && given.Equals(network.BaseAddress);
            value = valid ? network : null;
            return valid;
        });

    /// <summary>"on" or "off". A text and not a bool: the parser of arguments takes nothing but true and false for one.</summary>
    public static Option<string?> Switch(string name, string description) =>
        ParsedOption.Create<string?>(name, "on|off", description, "on or off", (string text, out string? value) =>
        {
            value = text is "on" or "off" ? text : null;
            return value is not null;
        });

    /// <summary>Null when the switch was not given.</summary>
    public static bool? IsOn(this ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } text ? text == "on" : null;

    /// <summary>A number with the unit ms, s or m: "30s".</summary>
    public static Option<TimeSpan?> Duration(string name, string description) =>
        ParsedOption.Create<TimeSpan?>(name, "TIME", description, "a time such as 30s, 500ms or 2m", (string text, out TimeSpan? value) =>
        {
            var valid = DurationText.TryParse(text, out var duration);
            value = valid ? duration : null;
            return valid;
        });

    public static bool TryParseEndPoint(string text, out IPEndPoint? endPoint)
    {
        endPoint = null;
        var colon = text.LastIndexOf(':');
        return colon > 0
            && TryParsePort(text[(colon + 1)..], out _)
            && IPEndPoint.TryParse(text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1{text[colon..]}" : text, out endPoint);
    }

    private static bool TryParsePort(string text, out int? port)
    {
        port = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= IPEndPoint.MaxPort ? number : null;
        return port is not null;
    }
}
