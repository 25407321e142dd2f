namespace Sluice.Proxy.Calls;

internal static class CallOutcomes
{
    /// <summary>A word for reasons, as in "ext_auth_timeout".</summary>
    public static string Name(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => "answered",
        CallOutcome.Unreachable => "unreachable",
        CallOutcome.Timeout => "timeout",
        CallOutcome.Broken => "broken",
        CallOutcome.Malformed => "malformed",
        CallOutcome.TooLarge => "too_large",
        CallOutcome.Refused => "failed",
        _ => "cancelled",
    };
}
