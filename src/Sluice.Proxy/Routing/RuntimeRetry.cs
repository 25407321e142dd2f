using Sluice.Configuration;
using Sluice.Proxy.Exchanges;

namespace Sluice.Proxy.Routing;

/// <summary>A <see cref="RetryPolicy"/>, ready to be asked.</summary>
internal sealed class RuntimeRetry
{
    private const int FirstStatus = 400;
    private const int LastStatus = 599;

    private readonly bool[] _statuses = new bool[LastStatus - FirstStatus + 1];
    private readonly uint _grpcStatuses;
    private RetryConditions _conditions;

    public RuntimeRetry(RetryPolicy policy)
    {
        foreach (var status in policy.StatusCodes)
        {
            if (status is >= FirstStatus and <= LastStatus)
                _statuses[status - FirstStatus] = true;
        }

        foreach (var status in policy.GrpcStatusCodes)
        {
            if (status is > 0 and < 32)
                _grpcStatuses |= 1u << status;
        }

        if (policy.Conditions is { } conditions)
            Take(conditions);
        HasConditions = policy.Conditions is not null;
        HasFullJitter = policy.FullJitter;
        Attempts = policy.Attempts;
        Backoff = Math.Max(0, (long)policy.Backoff.TotalMilliseconds);
    }

    /// <summary>Retries after the first attempt.</summary>
    public int Attempts { get; }

    /// <summary>Milliseconds before the first retry.</summary>
    public long Backoff { get; }

    /// <summary>Only what the conditions and codes say is retried.</summary>
    public bool HasConditions { get; }

    public bool HasFullJitter { get; }

    /// <summary>Answers with x-envoy-ratelimited are retried, which otherwise no condition does.</summary>
    public bool RetriesRateLimited => (_conditions & RetryConditions.RateLimited) != 0;

    /// <summary>Whether an attempt without an answer is followed by another.</summary>
    /// <param name="reason">What became of it.</param>
    /// <param name="isUnprocessed">The backend says that it has not looked at the request.</param>
    public bool Retries(RetryReason reason, bool isUnprocessed)
    {
        if (!HasConditions)
            return true;
        var sufficient = RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset;
        if (reason == RetryReason.Connect)
            sufficient |= RetryConditions.ResetBeforeRequest | RetryConditions.ConnectFailure;
        if (isUnprocessed)
            sufficient |= RetryConditions.RefusedStream;
        return (_conditions & sufficient) != 0;
    }

    private void Take(RetryConditions conditions)
    {
        _conditions = conditions;
        if ((conditions & RetryConditions.ServerError) != 0)
            _statuses.AsSpan(500 - FirstStatus).Fill(true);
        if ((conditions & RetryConditions.GatewayError) != 0)
            _statuses.AsSpan(502 - FirstStatus, 3).Fill(true);
        if ((conditions & RetryConditions.RetriableClientError) != 0)
            _statuses[409 - FirstStatus] = true;
    }

    /// <summary>Whether any gRPC status is retried.</summary>
    public bool LooksAtGrpcStatus => _grpcStatuses != 0;

    public bool Retries(int statusCode) => statusCode is >= FirstStatus and <= LastStatus && _statuses[statusCode - FirstStatus];

    public bool RetriesGrpc(int status) => status is > 0 and < 32 && (_grpcStatuses >> status & 1) != 0;
}
