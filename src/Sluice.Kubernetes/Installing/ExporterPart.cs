namespace Sluice.Kubernetes.Installing;

/// <summary>Whether the exporter of state metrics is installed.</summary>
public enum ExporterPart
{
    None,

    /// <summary>Beside the controller.</summary>
    With,

    /// <summary>Without a controller: other implementations serve the cluster's Gateways.</summary>
    Only,
}
