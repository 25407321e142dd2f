using System.Text.RegularExpressions;
using Sluice.Configuration;
using ValueMatch = Sluice.Configuration.ValueMatch;

namespace Sluice.Translation.Tests.Support;

/// <summary>
/// What a configuration says about a request, found the plainest way: the listener with the most specific hostname, its
/// most specific virtual host, the first entry that matches.
/// </summary>
internal static class PlainRouter
{
    /// <summary>Null: 404.</summary>
    public static RouteRule? Find(ProxyConfiguration configuration, int port, string method, string host, string target, IReadOnlyDictionary<string, string> headers)
    {
        var name = host.Split(':')[0].ToLowerInvariant();
        var listener = MostSpecific(configuration.Listeners.Where(listener => listener.Port == port), listener => listener.Hostname, name);
        var virtualHost = listener is null ? null : MostSpecific(listener.VirtualHosts, candidate => candidate.Hostname, name);
        if (virtualHost is null)
            return null;
        var path = target.Split('?')[0];
        var query = target.Contains('?', StringComparison.Ordinal) ? target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)))
            parameters.TryAdd(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""));
        return virtualHost.Routes.FirstOrDefault(entry => Matches(entry.Match, method, path, parameters, headers))?.Rule;
    }

    private static T? MostSpecific<T>(IEnumerable<T> candidates, Func<T, string> hostname, string host)
        where T : class => candidates
            .Where(candidate => Covers(hostname(candidate), host))
            .OrderByDescending(candidate => hostname(candidate) == host)
            .ThenByDescending(candidate => hostname(candidate).Length)
            .FirstOrDefault();

    private static bool Covers(string hostname, string host) =>
        hostname is "" or "*" || hostname == host || (hostname.StartsWith("*.", StringComparison.Ordinal) && host.Length >= hostname.Length && host.EndsWith(hostname[1..], StringComparison.Ordinal));

    private static bool Matches(RouteMatch match, string method, string path, Dictionary<string, string> parameters, IReadOnlyDictionary<string, string> headers) =>
        MatchesPath(match.Path, path)
        && (match.Method is null || match.Method == method)
        && match.Headers.All(header => headers.Any(pair => pair.Key.Equals(header.Name, StringComparison.OrdinalIgnoreCase) && MatchesValue(header, pair.Value)))
        && match.QueryParams.All(parameter => parameters.TryGetValue(parameter.Name, out var value) && MatchesValue(parameter, value));

    private static bool MatchesPath(PathMatch match, string path)
    {
        var prefix = match.Value.TrimEnd('/');
        return match.Type switch
        {
            PathMatchType.Exact => path == match.Value,
            PathMatchType.PathPrefix => path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal),
            _ => Regex.IsMatch(path, $@"\A(?:{match.Value})\z"),
        };
    }

    private static bool MatchesValue(ValueMatch match, string value) =>
        match.Type == ValueMatchType.Exact ? value == match.Value : Regex.IsMatch(value, $@"\A(?:{match.Value})\z");
}
