namespace Sluice.Cli;

/// <summary>A mistake that the user can mend: printed as one message on stderr, without a stack trace.</summary>
internal sealed class UserErrorException(string message, int exitCode = ExitCode.InvalidInput) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
