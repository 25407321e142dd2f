namespace Sluice.Proxy.Exchanges;

/// <summary>Labels of retries and mirrors in metrics.</summary>
internal static class ExchangeReasons
{
    public static string Name(RetryReason reason) => reason switch
    {
        RetryReason.Connect => "connect",
        RetryReason.Reset => "reset",
        RetryReason.AttemptTimeout => "timeout",
        RetryReason.Status => "status",
        _ => "grpc status",
    };

    public static string Name(RetryRefusal refusal) => refusal switch
    {
        RetryRefusal.Budget => "budget",
        _ => "request not kept",
    };

    public static string Name(MirrorDrop drop) => drop switch
    {
        MirrorDrop.TooMany => "too many",
        MirrorDrop.TooSlow => "too slow",
        MirrorDrop.Failed => "failed",
        MirrorDrop.Aborted => "request aborted",
        MirrorDrop.Timeout => "response timeout",
        _ => "response too large",
    };
}
