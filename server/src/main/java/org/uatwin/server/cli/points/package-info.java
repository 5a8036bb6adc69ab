/**
 * {@code uatwin points}: the addresses of a plant file as a CSV table, out and in again.
 *
 * <p>{@link org.uatwin.server.cli.points.PointsCsv} is the table, {@link org.uatwin.server.cli.points.PointsImport} decides
 * row by row and checks the changed file as {@code uatwin check} would before anything is written. How the text of a
 * plant file is changed in place belongs to {@code informationmodel.plant.PlantEdit}.
 */
@NullMarked
package org.uatwin.server.cli.points;

import org.jspecify.annotations.NullMarked;
