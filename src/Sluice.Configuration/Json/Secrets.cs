namespace Sluice.Configuration.Json;

/// <summary>What becomes of private keys when a configuration is written.</summary>
public enum Secrets
{
    /// <summary>Left out: for people, dumps and tests. What was written so cannot be read as a configuration again.</summary>
    Hidden,

    /// <summary>Written: for the stream to a proxy, which must be private.</summary>
    Included,
}
