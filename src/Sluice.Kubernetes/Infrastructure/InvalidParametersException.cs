namespace Sluice.Kubernetes.Infrastructure;

/// <summary>
/// Nothing can be made by these parameters (Gateway API: reason InvalidParameters). The message names the object and the field.
/// </summary>
public sealed class InvalidParametersException : Exception
{
    public InvalidParametersException(string message)
        : base(message)
    {
    }

    public InvalidParametersException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
