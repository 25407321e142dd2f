namespace Sluice.Controller.Streaming;

/// <summary>Where the stream's authority is kept: shared by all replicas of the controller, and outliving them.</summary>
internal interface IAuthorityStore
{
    /// <summary>What is kept; null when there is nothing yet.</summary>
    /// <exception cref="IOException">It cannot be read now.</exception>
    Task<StoredAuthority?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Keeps something else.</summary>
    /// <param name="content">Holds private keys.</param>
    /// <param name="version">Of what it replaces; null: there must be nothing yet.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether it is kept: false when another has written meanwhile, and is to be read again.</returns>
    /// <exception cref="IOException">It cannot be written now.</exception>
    Task<bool> TryWriteAsync(byte[] content, string? version, CancellationToken cancellationToken);
}
