namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>What came of one connection's bytes: the client's final statuses up to the connection's end, and the backends' requests.</summary>
internal sealed record CaseOutcome(IReadOnlyList<int> Statuses, IReadOnlyList<SeenMessage> Seen, IReadOnlyList<Exception> Faults)
{
    public Verdict Verdict => new([.. Seen.Select(seen => seen.Request)], Statuses, Closes: true);
}
