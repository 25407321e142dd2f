namespace Sluice.Configuration;

/// <summary>Where a session's name travels.</summary>
public enum SessionPersistenceType
{
    Cookie,
    Header,
}
