using System.Text.RegularExpressions;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;

namespace Sluice.Conformance.Procedures;

/// <summary>
/// What most tests do: apply the manifests, wait for the statuses line by line, send the cases. A line that is of none of the
/// forms below fails the test, because nobody would check what it says.
/// </summary>
internal static partial class RegularProcedure
{
    public static async Task RunAsync(TestRun run)
    {
        await StatusesAsync(run);
        await run.CasesAsync();
    }

    /// <summary>Applies and waits, without the cases.</summary>
    public static async Task StatusesAsync(TestRun run)
    {
        if (run.Data.Status.Count == 0)
            throw new ConformanceException("its features are claimed, but the runner has neither statuses nor a procedure for it");
        await run.ApplyAsync();
        (ObjectKey Route, ObjectKey Parent)? last = null;
        foreach (var line in run.Data.Status)
            last = await LineAsync(run, line, last);
    }

    private static async Task<(ObjectKey Route, ObjectKey Parent)?> LineAsync(TestRun run, string line, (ObjectKey Route, ObjectKey Parent)? last)
    {
        if (Address().Match(line) is { Success: true } address)
        {
            await run.GatewayAddressAsync(TestRun.GatewayKey(address.Groups["gateway"].Value));
        }
        else if (Listeners().Match(line) is { Success: true } listeners)
        {
            await run.ListenersReadyAsync(TestRun.GatewayKey(listeners.Groups["gateway"].Value));
        }
        else if (Parent().Match(line) is { Success: true } parent)
        {
            last = (new ObjectKey(parent.Groups["kind"].Value, parent.Groups["space"].Value, parent.Groups["name"].Value), TestRun.GatewayKey(parent.Groups["gateway"].Value));
            await run.RouteConditionAsync(last.Value.Route, last.Value.Parent, Condition(parent));
        }
        else if (Unresolved().Match(line) is { Success: true } unresolved && last is { } named)
        {
            await run.RouteConditionAsync(named.Route, named.Parent, Condition(unresolved));
        }
        else
        {
            throw new ConformanceException($"the runner has no rule for the status \"{line}\"");
        }
        return last;
    }

    private static ConditionExpectation Condition(Match match) => new(match.Groups["type"].Value, match.Groups["status"].Value, match.Groups["reason"].Value);

    [GeneratedRegex(@"^Gateway (?<gateway>\S+): status\.addresses has an entry with non-null type")]
    private static partial Regex Address();

    [GeneratedRegex(@"^Gateway (?<gateway>\S+): all status\.listeners ResolvedRefs=True, Accepted=True, Programmed=True")]
    private static partial Regex Listeners();

    [GeneratedRegex(@"^(?<kind>(?:HTTP|GRPC|TLS|TCP|UDP)Route) (?<space>[^/\s]+)/(?<name>\S+): parent (?<gateway>\S+) (?<type>Accepted|ResolvedRefs)=(?<status>True|False) reason=(?<reason>\w+)")]
    private static partial Regex Parent();

    [GeneratedRegex(@"^(?<type>ResolvedRefs)=(?<status>True|False)/(?<reason>\w+)$")]
    private static partial Regex Unresolved();
}
