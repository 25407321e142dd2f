namespace Sluice.Configuration.Listeners;

/// <summary>What becomes of Server of responses.</summary>
public enum ServerHeaderTransformation
{
    /// <summary>Always the proxy's.</summary>
    Overwrite,

    /// <summary>The proxy's where there is none.</summary>
    AppendIfAbsent,

    /// <summary>The backend's or none; answers of the proxy's own have none.</summary>
    PassThrough,
}
