namespace Sluice.Cli.Install;

/// <summary>How manifests are printed.</summary>
internal enum ManifestFormat
{
    Yaml,
    Json,
}
