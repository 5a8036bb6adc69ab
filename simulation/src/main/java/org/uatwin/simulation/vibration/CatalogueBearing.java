package org.uatwin.simulation.vibration;

/**
 * A bearing by its dimensions.
 *
 * @param designation as in catalogues, without suffixes unless they change the dimensions.
 * @param boreMm inner diameter.
 * @param outerMm outer diameter.
 * @param geometry of the rolling elements.
 * @param dynamicRatingKn basic dynamic load rating C.
 * @param limitingSpeedRpm typical, open or with shields, grease; seals that touch: about two thirds.
 */
public record CatalogueBearing(
        String designation,
        double boreMm,
        double outerMm,
        BearingGeometry geometry,
        double dynamicRatingKn,
        double limitingSpeedRpm) {}
