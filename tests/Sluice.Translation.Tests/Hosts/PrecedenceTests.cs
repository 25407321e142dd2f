using System.Globalization;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Hosts;

/// <summary>
/// Random routes on one host: the first entry that matches a request is the one that the rules of
/// HTTPRouteRule.matches choose, when they are applied to all matches of all routes at once.
/// </summary>
public sealed class PrecedenceTests
{
    private static readonly string[] Paths = ["/", "/a", "/a/", "/a/b", "/a/b/c", "/b"];
    private static readonly string[] Methods = ["GET", "POST"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Translate_RandomRoutes_OrdersThemAsTheSpecificationSays(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 100; round++)
        {
            var routes = Enumerable.Range(0, random.Next(1, 6)).Select(i => RandomRoute(i, random)).ToArray();
            var configuration = new Translator(new TranslatorOptions()).Translate(Snapshot([Class(), Gateway("gw"), .. routes])).Configurations[0];
            for (var request = 0; request < 40; request++)
            {
                var method = Pick(Methods, random);
                var path = Pick(Paths, random);
                var query = random.Next(2) == 0 ? "" : random.Next(2) == 0 ? "?q=1" : "?q=1&r=1";
                var headers = new[] { "One", "Two" }.Where(_ => random.Next(2) == 0).ToDictionary(name => name, _ => "x");

                var found = PlainRouter.Find(configuration, 80, method, "example.com", path + query, headers);

                Assert.Equal(Choose(routes, method, path, query, headers), found is null ? null : (found.Route, found.Index));
            }
        }
    }

    private static HttpRoute RandomRoute(int index, Random random) =>
        Route(string.Create(CultureInfo.InvariantCulture, $"r{index}"), "gw", [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomRule(random))]) with
        {
            Metadata = Meta(string.Create(CultureInfo.InvariantCulture, $"r{index}")) with { CreationTimestamp = DateTimeOffset.UnixEpoch.AddSeconds(random.Next(3)) },
        };

    private static HttpRouteRule RandomRule(Random random) => new()
    {
        Matches = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new HttpRouteMatch
        {
            PathType = random.Next(3) == 0 ? "Exact" : "PathPrefix",
            PathValue = Pick(Paths, random),
            Method = random.Next(3) == 0 ? Pick(Methods, random) : null,
            Headers = [.. new[] { "one", "two" }.Where(_ => random.Next(4) == 0).Select(name => new HttpValueMatch(name, "x"))],
            QueryParams = [.. new[] { "q", "r" }.Where(_ => random.Next(4) == 0).Select(name => new HttpValueMatch(name, "1"))],
        })],
    };

    private static (string, int)? Choose(HttpRoute[] routes, string method, string path, string query, Dictionary<string, string> headers) => routes
        .SelectMany(route => route.Rules.SelectMany((rule, index) => rule.Matches.Select((match, position) => (Route: route, Index: index, Position: position, Match: match))))
        .Where(candidate => Holds(candidate.Match, method, path, query, headers))
        .OrderByDescending(candidate => candidate.Match.PathType == "Exact")
        .ThenByDescending(candidate => candidate.Match.PathValue.TrimEnd('/').Length)
        .ThenByDescending(candidate => candidate.Match.Method is not null)
        .ThenByDescending(candidate => candidate.Match.Headers.Count)
        .ThenByDescending(candidate => candidate.Match.QueryParams.Count)
        .ThenBy(candidate => candidate.Route.Metadata.CreationTimestamp)
        .ThenBy(candidate => candidate.Route.Key.ToString(), StringComparer.Ordinal)
        .ThenBy(candidate => candidate.Index)
        .ThenBy(candidate => candidate.Position)
        .Select(candidate => ((string, int)?)($"HTTPRoute/{candidate.Route.Key}", candidate.Index))
        .FirstOrDefault();

    private static bool Holds(HttpRouteMatch match, string method, string path, string query, Dictionary<string, string> headers)
    {
        var prefix = match.PathValue.TrimEnd('/');
        var pathHolds = match.PathType == "Exact" ? path == match.PathValue : path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);
        return pathHolds
            && (match.Method is null || match.Method == method)
            && match.Headers.All(header => headers.Keys.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
            && match.QueryParams.All(parameter => query.Contains($"{parameter.Name}=1", StringComparison.Ordinal));
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}
