namespace Sluice.Cli.Tests.Support;

internal sealed record ProcessResult(int ExitCode, string Output, string Error);
