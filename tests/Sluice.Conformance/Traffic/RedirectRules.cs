using System.Globalization;
using Sluice.Conformance.Data;

namespace Sluice.Conformance.Traffic;

/// <summary>Compares Location with what is expected of it. Null when they agree.</summary>
internal static class RedirectRules
{
    /// <param name="location">The field as it came; relative to the request when it names no host.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="expected">"any" and "default" as <see cref="RedirectData"/> says.</param>
    public static string? Compare(string? location, HttpRequest request, RedirectData expected)
    {
        if (location is null)
            return "there is no Location";
        var requested = new Uri($"{request.Scheme}://{request.Authority}{request.Path}");
        if (!Uri.TryCreate(requested, location, out var target))
            return $"Location \"{location}\" is no URI";
        var scheme = expected.Scheme.Length > 0 ? expected.Scheme : requested.Scheme;
        if (target.Scheme != scheme)
            return $"Location \"{location}\": scheme {target.Scheme}, expected {scheme}";
        if (expected.Host != "any" && target.Host != expected.Host)
            return $"Location \"{location}\": host {target.Host}, expected {expected.Host}";
        var path = expected.Path.Length > 0 ? expected.Path : requested.AbsolutePath;
        if (target.AbsolutePath != path)
            return $"Location \"{location}\": path {target.AbsolutePath}, expected {path}";
        return Port(location, target, expected.Port);
    }

    private static string? Port(string location, Uri target, string expected)
    {
        // Uri gives the scheme's default where the text has no port: both are the same to the suite.
        var matches = expected == "default"
            ? target.IsDefaultPort
            : target.Port == int.Parse(expected, CultureInfo.InvariantCulture);
        return matches ? null : $"Location \"{location}\": port {target.Port}, expected {expected}";
    }
}
