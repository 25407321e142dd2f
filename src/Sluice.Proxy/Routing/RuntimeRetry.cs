using Sluice.Configuration;

namespace Sluice.Proxy.Routing;

/// <summary>A <see cref="RetryPolicy"/>, ready to be asked.</summary>
internal sealed class RuntimeRetry
{
    private const int FirstStatus = 400;
    private const int LastStatus = 599;

    private readonly bool[] _statuses = new bool[LastStatus - FirstStatus + 1];
    private readonly uint _grpcStatuses;

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

        Attempts = policy.Attempts;
        Backoff = Math.Max(0, (long)policy.Backoff.TotalMilliseconds);
    }

    /// <summary>Retries after the first attempt.</summary>
    public int Attempts { get; }

    /// <summary>Milliseconds before the first retry.</summary>
    public long Backoff { get; }

    /// <summary>Whether any gRPC status is retried.</summary>
    public bool LooksAtGrpcStatus => _grpcStatuses != 0;

    public bool Retries(int statusCode) => statusCode is >= FirstStatus and <= LastStatus && _statuses[statusCode - FirstStatus];

    public bool RetriesGrpc(int status) => status is > 0 and < 32 && (_grpcStatuses >> status & 1) != 0;
}
