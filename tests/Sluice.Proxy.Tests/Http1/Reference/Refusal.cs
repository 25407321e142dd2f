namespace Sluice.Proxy.Tests.Http1.Reference;

/// <summary>Ends reading: the message breaks a rule.</summary>
internal sealed class Refusal(int status, string rule) : Exception(rule)
{
    public int Status { get; } = status;
}
