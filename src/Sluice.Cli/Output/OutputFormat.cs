namespace Sluice.Cli.Output;

internal enum OutputFormat
{
    Text,
    Json,
}
