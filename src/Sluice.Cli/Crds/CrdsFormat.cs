namespace Sluice.Cli.Crds;

internal enum CrdsFormat
{
    Yaml,
    Json,
}
