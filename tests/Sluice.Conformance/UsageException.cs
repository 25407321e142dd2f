namespace Sluice.Conformance;

/// <summary>The runner cannot do what it was asked for: the data or the command is missing, or an address is taken.</summary>
internal sealed class UsageException : Exception
{
    public UsageException(string message)
        : base(message)
    {
    }
}
