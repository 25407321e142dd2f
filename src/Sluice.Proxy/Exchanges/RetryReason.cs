namespace Sluice.Proxy.Exchanges;

/// <summary>Why a request was sent again.</summary>
internal enum RetryReason : byte
{
    Connect,
    Reset,
    AttemptTimeout,
    Status,
    GrpcStatus,
}
