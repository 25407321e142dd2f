namespace Sluice.Proxy.Tests.Http1.Reference;

/// <summary>Ends reading: the text is over before the message is.</summary>
internal sealed class Incomplete : Exception
{
    public Incomplete()
        : base("the text ends inside a message")
    {
    }
}
