using Sluice.Configuration;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Routing;

/// <summary>A virtual host with what was built from it. Lives on for as long as configurations name the same instance.</summary>
internal sealed class RuntimeVirtualHost
{
    private readonly RouteTable _routes;
    private string[]? _problems;

    public RuntimeVirtualHost(VirtualHost source, RouteTable routes)
    {
        Source = source;
        _routes = routes;
    }

    public VirtualHost Source { get; }

    public RouteTable Routes => _routes;

    /// <summary>The first entry in the order of precedence whose match holds, or null: 404.</summary>
    public RuntimeEntry? Match(RequestHead head) => _routes.Match(head);

    /// <summary>What could not be put in force, one message each. Looked for once: of thousands of hosts one changes at a time.</summary>
    public IReadOnlyCollection<string> Problems => _problems ??= FindProblems();

    private string[] FindProblems()
    {
        var problems = new HashSet<string>(StringComparer.Ordinal);
        foreach (RuntimeEntry entry in _routes.Entries)
            entry.CollectProblems(problems);
        return [.. problems];
    }
}
