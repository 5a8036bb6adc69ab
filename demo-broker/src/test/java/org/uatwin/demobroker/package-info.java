@org.jspecify.annotations.NullMarked
package org.uatwin.demobroker;
