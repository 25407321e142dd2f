namespace Sluice.Configuration.Json;

/// <summary>What becomes of private keys when a configuration is written.</summary>
public enum Secrets
{
    /// <summary>Left out: for people, dumps and tests. As a configuration it can be read again from updates only, where the keys are <see cref="PrivateKey.Withheld"/>.</summary>
    Hidden,

    /// <summary>Written: for the stream to a proxy, which must be private.</summary>
    Included,
}
