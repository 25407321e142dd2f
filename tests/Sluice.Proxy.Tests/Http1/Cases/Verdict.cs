namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>What must come of a message.</summary>
/// <param name="Seen">The requests that reach backends, in order.</param>
/// <param name="Statuses">The final responses that the client gets, in order: 200 for each request that was forwarded.</param>
/// <param name="Closes">Whether the connection ends after the last of them, whatever else the client has sent.</param>
internal sealed record Verdict(IReadOnlyList<SeenRequest> Seen, IReadOnlyList<int> Statuses, bool Closes)
{
    /// <summary>No answer at all: the connection just ends.</summary>
    public static Verdict Closed { get; } = new([], [], Closes: true);

    /// <summary>Every backend answers with 200, and the connection can be used on.</summary>
    public static Verdict Forwarded(params SeenRequest[] seen) => new(seen, [.. seen.Select(_ => 200)], Closes: false);

    /// <summary>Nothing reaches a backend; one error response, then the connection ends.</summary>
    public static Verdict Refused(int status) => new([], [status], Closes: true);

    /// <summary>The proxy answers itself; the message was understood, and the connection can be used on.</summary>
    public static Verdict Answered(int status) => new([], [status], Closes: false);

    public Verdict ThenRefused(int status) => this with { Statuses = [.. Statuses, status], Closes = true };

    public Verdict ThenClosed() => this with { Closes = true };

    /// <summary>The status of the refusal, if it is one.</summary>
    public int? Refusal => Closes && Statuses.Count > Seen.Count ? Statuses[^1] : null;

    /// <summary>Equal but for the status of a refusal: with two faults in one message, either may be found first.</summary>
    public bool IsLike(Verdict other) =>
        (Refusal is null) == (other.Refusal is null) && WithRefusal(400).ToString() == other.WithRefusal(400).ToString();

    private Verdict WithRefusal(int status) =>
        Refusal is null ? this : this with { Statuses = [.. Statuses.SkipLast(1), status] };

    public override string ToString() =>
        string.Join("; ", [.. Seen.Select(seen => seen.ToString()), .. Statuses.Skip(Seen.Count).Select(status => $"{status}")]) +
        (Closes ? ", closed" : "");
}
